from django.views import View
from django.http import HttpResponse

from bistro.staff import services


class Change(View):
    def post(self, request):
        services.change_password(None, request.user.pk, request.POST["p"])
        services.mail(self.request.user)  # L504 Change.post
        services.mail(request=request)  # L504 Change.post
        return HttpResponse()
