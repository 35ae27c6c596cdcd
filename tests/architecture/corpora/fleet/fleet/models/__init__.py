from .car import Car as Car, Trip as Trip
from .base import *
