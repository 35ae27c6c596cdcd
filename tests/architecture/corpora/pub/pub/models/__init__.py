from .beer import Beer, Keg
