from django.contrib import admin, messages
from django.db.models import Count

from fleet import dependencies
from fleet.models import Car, Trip
from fleet.repositories.cars import Cars  # L101 fleet.admin


class TripInline(admin.TabularInline):
    model = Trip


@admin.register(Car)
class CarAdmin(admin.ModelAdmin):
    inlines = [TripInline]
    autocomplete_fields = ["driver"]

    @admin.action(description="x")
    def retire(self, request, queryset):
        for car in queryset:
            dependencies.rides().find(car.pk)
        self.message_user(request, "ok", messages.SUCCESS)

    def get_queryset(self, request):
        return Car.objects.annotate(n=Count("trip"))
