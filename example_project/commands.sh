# What made this project, after `django-admin startproject mealgenie .` and "django_layers" in INSTALLED_APPS.
python manage.py startlayer recipes
python manage.py addentity Recipe --app recipes title:str=200 summary:text:optional servings:int:min=1:default=2 minutes:int:min=0 author:owner=shared status:choice=draft,published:default=draft --migrate
python manage.py addentity Ingredient --app recipes name:str=100:unique --migrate
python manage.py addentity RecipeIngredient --app recipes recipe:fk=recipes.Recipe:cascade:related=ingredients ingredient:fk=recipes.Ingredient amount:decimal=8,2:min=0 unit:choice=g,kg,ml,l,tsp,tbsp,piece --unique recipe,ingredient --migrate
python manage.py addentity Rating --app recipes recipe:fk=recipes.Recipe:related=ratings user:owner=shared stars:int:min=1:max=5 comment:text:optional --unique recipe,user --migrate
