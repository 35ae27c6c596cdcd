"""The guard finds what asks the database and is no repository, on every database and in every thread."""

from __future__ import annotations

import threading
from pathlib import Path
from types import ModuleType

import pytest
from asgiref.sync import SyncToAsync, async_to_sync
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, connections, transaction
from django.test import Client, override_settings

from django_layers.guard import LayerViolation, Trespass, watching
from django_layers.guard.places import forget_places
from django_layers.testing.memory.store import Store
from tests.guard.project import Project
from tests.shop.models import Category, Tag

pytestmark = pytest.mark.django_db


def service(project: Project, body: str, *, before: str = "") -> ModuleType:
    """Return a module of services whose function `run` has a body."""
    project.write("services.py", f"{before}\ndef run(*given):\n    {body}\n")
    return project.load("services")


def places(found: list[Trespass]) -> list[tuple[str, str]]:
    """Return the file and the function of each."""
    return [(Path(each.asked.file).name, each.asked.function) for each in found]


@pytest.mark.parametrize(
    "body",
    [
        "Tag.objects.count()",
        "list(Tag.objects.all())",
        "Tag.objects.create(name='a')",
        "Tag(name='a').save()",
        "[each for each in given[0]]",
        "bool(given[0])",
        "given[1].parent",
        "from django.db import connection; connection.cursor().execute('SELECT 1')",
        "from django.db.transaction import atomic; atomic()(lambda: None)()",
        "from django.contrib.auth.models import User; User.objects.create_user('a')",
        "from django.contrib.contenttypes.models import ContentType; ContentType.objects.count()",
        "from django.shortcuts import get_object_or_404; get_object_or_404(Tag.objects.filter(pk__gte=0), name='old')",
        "from django.template import Context, Engine; Engine().from_string('{{ x.count }}').render(Context({'x': given[0]}))",
    ],
)
def test_a_service_that_asks_the_database_is_found(project: Project, found: list[Trespass], body: str) -> None:
    Tag.objects.create(name="old")
    child = Category.objects.create(name="c", parent=Category.objects.create(name="p"))
    run = service(project, body).run

    run(Tag.objects.all(), Category.objects.get(pk=child.pk))

    assert {name for name, _ in places(found)} == {"services.py"}


def test_both_frames_are_named_and_the_way_between(project: Project, found: list[Trespass]) -> None:
    service(project, "return given[0].count()")
    project.write("api.py", f"from {project.app} import services\ndef endpoint(rows):\n    return services.run(rows)\n")

    project.load("api").endpoint(Tag.objects.all())

    (one,) = found
    assert one.caller is not None
    assert (Path(one.caller.file).name, one.caller.line, one.caller.function) == ("api.py", 4, "endpoint")
    assert (one.asked.line, one.through.function) == (4, "QuerySet.count")
    said = str(one)
    assert f"{project.app}/services.py:4 in run asks the database, which is for repositories, called from " in said
    assert f"{project.app}/api.py:4 in endpoint: SELECT COUNT(*)" in said
    assert said.endswith("in QuerySet.count")


def test_what_a_field_asks_for_a_row_in_memory_is_not_asked_by_the_service(
    project: Project, found: list[Trespass], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store()
    store.know(Tag)
    monkeypatch.setattr(Tag._meta.get_field("name"), "get_default", Tag.objects.count)

    service(project, "given[0].insert(Tag, {})").run(store)

    assert found == []


def test_a_repository_may_ask_also_where_it_inherits_everything(project: Project, found: list[Trespass]) -> None:
    project.write(
        "repositories/orm/tag.py",
        """
        from tests.shop.repositories.orm.tag import DjangoTagRepository

        def tags():
            return Tag.objects.all()

        def count():
            return Tag.objects.count()

        class Tags(DjangoTagRepository):
            pass
        """,
    )
    body = "from {}.repositories.orm import tag; tag.count(); tag.Tags().get_or_none(1); return tag.tags()"
    run = service(project, body.format(project.app)).run

    rows = run()
    assert found == []

    service_of_rows = "list(given[0])"
    project.write("other.py", f"def run(*given):\n    {service_of_rows}\n")
    project.load("other").run(rows)
    assert places(found) == [("other.py", "run")]


def test_the_unit_of_work_is_the_service_s_and_a_transaction_is_not(project: Project, found: list[Trespass]) -> None:
    run = service(
        project,
        "with unit_of_work(), unit_of_work.savepoint(): unit_of_work.run(lambda: None)",
        before="from django_layers.repositories import database_unit_of_work\nunit_of_work = database_unit_of_work()",
    ).run
    run()
    assert found == []

    project.write(
        "other.py",
        """
        from django.db import transaction

        @transaction.atomic
        def decorated():
            pass

        def outermost():
            with transaction.atomic(savepoint=False):
                pass
        """,
    )
    other = project.load("other")
    other.decorated()
    other.outermost()
    assert ("other.py", "decorated") in places(found)
    assert ("other.py", "outermost") in places(found)
    assert {each.statement for each in found if each.asked.function == "outermost"} == {"atomic()"}


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_the_driver_opens_is_found_too(project: Project, found: list[Trespass]) -> None:
    run = service(project, "with atomic(): pass", before="from django.db.transaction import atomic").run

    assert not connection.in_atomic_block
    run()

    assert "atomic()" in [each.statement for each in found]


def test_models_pass_on_to_whoever_called_them(project: Project, found: list[Trespass]) -> None:
    project.write("models.py", "def published():\n    return Tag.objects.count()\n")
    project.write(
        "repositories/orm/tag.py", f"from {project.app} import models\ndef count():\n    return models.published()\n"
    )
    project.load("repositories.orm.tag").count()
    assert found == []

    service(project, f"from {project.app} import models; models.published()").run()
    assert places(found) == [("services.py", "run")]


def test_tests_admin_and_migrations_may_ask_and_other_ways_in_may_not(project: Project, found: list[Trespass]) -> None:
    for path in ("admin.py", "apps.py", "tests/test_tag.py", "tests/factories.py", "migrations/one.py", "conftest.py"):
        project.write(path, "def run():\n    Tag.objects.count()\n")
        project.load(path.removesuffix(".py").replace("/", ".")).run()
    assert found == []

    for path in ("signals.py", "views.py", "management/commands/x.py", "gateways.py", "dependencies.py", "utils.py"):
        project.write(path, "def run():\n    Tag.objects.count()\n")
        project.load(path.removesuffix(".py").replace("/", ".")).run()
    assert len(found) == 6


@pytest.mark.parametrize("layer", ['"repositories.orm"', "repositories.orm"])
def test_layers_are_where_the_project_says_that_they_are(project: Project, found: list[Trespass], layer: str) -> None:
    (project.root / "pyproject.toml").write_text(
        f'[tool.django_layers.layers]\nservices = ["use_cases"]\n{layer} = ["adapters.tables"]\n'
    )
    for path in ("adapters/tables/tag.py", "adapters/mail.py", "use_cases/tag.py"):
        project.write(path, "def run():\n    Tag.objects.count()\n")
    with override_settings(BASE_DIR=project.root):
        for module in ("adapters.tables.tag", "adapters.mail", "use_cases.tag"):
            project.load(module).run()

    assert [Path(each.asked.file).name for each in found] == ["mail.py", "tag.py"]
    assert "use_cases" in found[1].asked.file


def test_an_app_without_layers_may_ask(project: Project, found: list[Trespass]) -> None:
    for path in (project.root / project.app / "schemas.py", project.root / project.app / "services.py"):
        path.unlink()
    project.write("views.py", "def run():\n    Tag.objects.count()\n")
    forget_places()
    project.load("views").run()

    assert found == []


def test_modules_of_the_project_beside_its_apps_are_no_repositories(project: Project, found: list[Trespass]) -> None:
    project.write_beside(f"{project.app}_helpers.py", "def run():\n    Tag.objects.count()\n")

    project.beside(f"{project.app}_helpers").run()

    assert places(found) == [(f"{project.app}_helpers.py", "run")]


def test_what_is_exempt_may_ask(project: Project, found: list[Trespass]) -> None:
    run = service(project, "Tag.objects.count()").run
    with override_settings(DJANGO_LAYERS={"GUARD_EXEMPT": (f"{project.app}.services",)}):
        run()
    assert found == []
    run()
    assert len(found) == 1


def test_sessions_authentication_and_permissions_may_ask(project: Project, found: list[Trespass]) -> None:
    user = User.objects.create_user("alice", password="x")
    run = service(project, "return [each() for each in given]").run

    session = SessionStore()
    run(
        lambda: authenticate(username="alice", password="x"),
        lambda: session.save(),
        lambda: user.has_perm("shop.view_tag"),
    )
    assert found == []


def test_what_django_does_around_a_request_is_nobody_s(
    project: Project, found: list[Trespass], monkeypatch: pytest.MonkeyPatch
) -> None:
    project.write_beside(
        f"{project.app}_middleware.py",
        """
        def middleware(get_response):
            def called(request):
                return get_response(request)
            return called
        """,
    )
    project.write(
        "urls.py",
        "from django.urls import path\nfrom django.http import HttpResponse\nurlpatterns = [path('', lambda request: HttpResponse())]\n",
    )
    monkeypatch.setitem(connections.settings["default"], "ATOMIC_REQUESTS", True)
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    with override_settings(ROOT_URLCONF=f"{project.app}.urls", MIDDLEWARE=[f"{project.app}_middleware.middleware"]):
        assert Client().get("/").status_code == 200
    assert found == []


@pytest.mark.django_db(databases=["default", "second"])
def test_connections_that_are_opened_later_and_by_other_threads_are_watched(
    project: Project, found: list[Trespass]
) -> None:
    run = service(project, "from django.db import connections; connections['second'].cursor().execute('SELECT 1')").run

    def in_thread() -> None:
        try:
            run()
        finally:
            connections["second"].close()

    thread = threading.Thread(target=in_thread)
    thread.start()
    thread.join()

    assert len(found) == 1


def test_what_the_report_raises_leaves_the_query(project: Project) -> None:
    def refuse(trespass: Trespass) -> None:
        raise LayerViolation(trespass)

    run = service(project, "Tag.objects.create(name='x')").run
    with watching(refuse), pytest.raises(LayerViolation) as caught, transaction.atomic():
        run()

    assert "services.py" in str(caught.value)
    assert not Tag.objects.filter(name="x").exists()


def test_nothing_is_left_behind(project: Project) -> None:
    enter = transaction.Atomic.__enter__
    wrappers = list(connection.execute_wrappers)
    with watching(lambda trespass: None):
        assert transaction.Atomic.__enter__ is not enter
    assert transaction.Atomic.__enter__ is enter
    assert connection.execute_wrappers == wrappers


AWAITED = [
    "await Tag.objects.acount()",
    "await Tag.objects.aget(name='old')",
    "await Tag.objects.acreate(name='a')",
    "await Tag.objects.aget_or_create(name='a')",
    "await Tag(name='a').asave()",
    "[each async for each in Tag.objects.all()]",
    "[each async for each in Tag.objects.aiterator()]",
    "await sync_to_async(Tag.objects.count)()",
    "await sync_to_async(Tag.objects.count, thread_sensitive=False)()",
    "await sync_to_async(list)(Tag.objects.all())",
    "await sync_to_async(lambda: Tag.objects.count())()",
]


def async_service(project: Project, body: str) -> ModuleType:
    """Return a module of services whose coroutine function `run` has a body."""
    project.write("services.py", f"from asgiref.sync import sync_to_async\nasync def run():\n    {body}\n")
    return project.load("services")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("body", AWAITED)
def test_a_service_that_awaits_a_query_is_found(project: Project, found: list[Trespass], body: str) -> None:
    Tag.objects.create(name="old")

    async_to_sync(async_service(project, body).run)()

    assert {name for name, _ in places(found)} == {"services.py"}


@pytest.mark.django_db(transaction=True)
def test_who_awaits_a_query_and_who_called_that_are_named(project: Project, found: list[Trespass]) -> None:
    async_service(project, "return await Tag.objects.acount()")
    text = f"from {project.app} import services\nasync def endpoint():\n    return await services.run()\n"
    project.write("api.py", text)

    async_to_sync(project.load("api").endpoint)()

    (one,) = found
    assert one.caller is not None
    assert (one.asked.line, one.asked.function, one.through.function) == (4, "run", "QuerySet.acount")
    assert (Path(one.caller.file).name, one.caller.function) == ("api.py", "endpoint")
    assert "SELECT COUNT(*)" in one.statement


@pytest.mark.django_db(transaction=True)
def test_a_repository_may_await_queries(project: Project, found: list[Trespass]) -> None:
    body = "from {}.repositories.orm import tag; return await tag.count(), await sync_to_async(tag.now)()"
    project.write(
        "repositories/orm/tag.py",
        """
        async def count():
            return await Tag.objects.acount()

        def now():
            return Tag.objects.count()
        """,
    )

    async_to_sync(async_service(project, body.format(project.app)).run)()

    assert found == []


@pytest.mark.django_db(transaction=True)
def test_what_a_service_awaited_is_over_when_a_repository_asks(project: Project, found: list[Trespass]) -> None:
    project.write("repositories/orm/tag.py", "def count():\n    return Tag.objects.count()\n")
    run = async_service(project, "await sync_to_async(len)([])").run
    async_to_sync(run)()

    project.load("repositories.orm.tag").count()
    Tag.objects.count()

    assert found == []


def test_nothing_of_asgiref_is_changed_after_the_watch() -> None:
    before = SyncToAsync.__call__

    with watching(lambda _: None):
        assert SyncToAsync.__call__ is not before

    assert SyncToAsync.__call__ is before
