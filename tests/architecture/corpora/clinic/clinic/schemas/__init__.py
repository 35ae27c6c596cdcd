from .patient import *  # noqa
