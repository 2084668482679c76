from tests.exchange.platform import platform

__all__ = ["platform"]
