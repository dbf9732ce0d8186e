"""Django's forms drawn with our templates: `{{ form }}` and `{{ form.x.as_field_group }}` look like `{% field %}`."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class LangbordRenderer(TemplatesSetting):
    """Set FORM_RENDERER to this. Needs "django.forms" in INSTALLED_APPS for the widgets' own templates."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
