from tests.access.conftest import world

__all__ = ["world"]
