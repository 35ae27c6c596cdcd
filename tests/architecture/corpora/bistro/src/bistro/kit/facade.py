from bistro.menu.models import *
