INSTALLED_APPS = [
	"django.contrib.admin",
	"django.contrib.auth",
]
if True:
	DEBUG = True
