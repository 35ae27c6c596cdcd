# L004 recipes.links
from recipes.models import *
