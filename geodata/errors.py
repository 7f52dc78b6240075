"""Errors of the geodata floor: each a ``ValueError`` that tells value and remedy."""


class GeodataError(ValueError):
    """Anything that makes places unusable; the message says what, which value, and the remedy."""


class FileReadError(GeodataError):
    """A file is missing, empty or not readable as geodata."""


class FieldError(GeodataError):
    """A needed property of the features is missing or ambiguous."""


class CoordinateError(GeodataError):
    """Coordinates are of the wrong shape, not finite, or outside their range."""


class DependencyError(GeodataError):
    """An optional package is needed and not installed."""
