from django.contrib import admin
from pub.models import Beer, Keg
from inn.models import Room  # L103 pub.admin


@admin.register(Beer, Keg)
class A(admin.ModelAdmin):
    def save_model(self, request, obj, form, change):
        obj.save()
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser
