from inn.models import Room
from inn.schemas import RoomRead


class Rooms:
    def get(self, pk: int) -> RoomRead:
        return RoomRead(**Room.objects.values("id", "name").get(pk=pk))
