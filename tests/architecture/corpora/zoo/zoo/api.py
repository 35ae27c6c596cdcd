from ninja import Router

from zoo.services.keeper import p  # L105 zoo.api

router = Router()


@router.get("/")
def x(req):
    return p(req)  # L504 x


@router.post("/")
def y(request, payload: dict):
    p(payload["user"])
    return p(dto=request.auth)  # L504 y
