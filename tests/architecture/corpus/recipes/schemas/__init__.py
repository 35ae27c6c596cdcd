from .recipe import *
