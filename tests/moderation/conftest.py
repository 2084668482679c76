from tests.consultation.conftest import page, read

__all__ = ["page", "read"]
