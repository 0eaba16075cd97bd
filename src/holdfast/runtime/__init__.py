"""Loads a model folder and runs its graph. The only package that imports onnxruntime."""

from holdfast.runtime.card import Card, Head
from holdfast.runtime.folder import SHIPPED, check_folder
from holdfast.runtime.model import Model, load_model

__all__ = ["SHIPPED", "Card", "Head", "Model", "check_folder", "load_model"]
