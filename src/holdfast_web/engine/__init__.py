"""The one bridge to the engine: only this package imports ``holdfast``."""
