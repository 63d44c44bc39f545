"""Turn what you hear on calls into what your market finds."""

__version__ = "0.1.0"
