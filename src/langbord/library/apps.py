from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "langbord.library"
    label = "library"

    def ready(self) -> None:
        from langbord.words.hints import hints

        from . import checks, content, kinds, other_words, sources  # noqa: F401  (registers the check)

        content.register_ours()
        kinds.register_reader("content/words", lambda: (hints("nb"), hints("nn")))
        kinds.register_reader("content/sources.yaml", sources.sources)
        kinds.register_reader("content/search.yaml", other_words.search_words)
