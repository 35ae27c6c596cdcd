"""The step of a migration that changes rows before a constraint is put on them."""

from textwrap import dedent

from django_layers.scaffold.language.expressions import DATETIME_MODULE, Expression
from django_layers.scaffold.planning.data_step import with_fills
from django_layers.scaffold.request.existing_rows import Fill

MIGRATION = dedent("""\
    from django.db import migrations, models


    class Migration(migrations.Migration):
        operations = [
            migrations.RemoveConstraint(model_name="rating", name="a"),
            migrations.RenameField(model_name="rating", old_name="a", new_name="b"),
            migrations.AddConstraint(model_name="rating", constraint=None),
        ]
    """)


def test_rows_are_filled_after_what_goes_and_before_what_comes() -> None:
    fills = [
        Fill("stars", Expression("models.Q(stars__lt=1)"), Expression("3")),
        Fill("title", Expression("models.Q(length__gt=9)"), Expression("'x'")),
        Fill("day", Expression("models.Q(day__lt=dt.date(2026, 1, 1))", (DATETIME_MODULE,)), Expression("None")),
    ]

    assert with_fills(MIGRATION, fills, label="recipes", model="Rating") == dedent('''\
        import datetime as dt

        from django.apps.registry import Apps
        from django.db import migrations, models
        from django.db.backends.base.schema import BaseDatabaseSchemaEditor
        from django.db.models.functions import Length


        def fill_rows(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
            """Give the rows that the next operations would refuse a value that they allow."""
            model = apps.get_model("recipes", "Rating")
            connection = schema_editor.connection
            rows = model._base_manager.using(connection.alias)
            rows.filter(models.Q(stars__lt=1)).update(stars=3)
            rows.alias(length=Length("title")).filter(models.Q(length__gt=9)).update(title='x')
            rows.filter(models.Q(day__lt=dt.date(2026, 1, 1))).update(day=None)
            # PostgreSQL alters no table that has deferred constraints to be checked.
            connection.check_constraints([model._meta.db_table])


        class Migration(migrations.Migration):
            operations = [
                migrations.RemoveConstraint(model_name="rating", name="a"),
                migrations.RenameField(model_name="rating", old_name="a", new_name="b"),
                migrations.RunPython(fill_rows, migrations.RunPython.noop),
                migrations.AddConstraint(model_name="rating", constraint=None),
            ]
        ''')


def test_a_migration_without_rows_to_fill_stays_as_it_is() -> None:
    assert with_fills(MIGRATION, [], label="recipes", model="Rating") == MIGRATION
