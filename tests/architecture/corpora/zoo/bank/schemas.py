from zoo.models import Animal  # L103 bank.schemas
from zoo.schemas import AnimalDTO
