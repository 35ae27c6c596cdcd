from django.contrib import admin

from clinic import dependencies
from clinic.models import Patient, Visit


@admin.register(Patient)
class PatientAdmin(admin.ModelAdmin):
    list_display = ["name"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("ward")


admin.site.register(Visit)
