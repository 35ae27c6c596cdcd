# Einstellungen für den Betrieb 🍲
INSTALLED_APPS = ["django.contrib.auth", "shop"]; GREETING = "Grüße 🍲"
