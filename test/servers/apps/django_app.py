import django
from django.conf import settings
from django.http import HttpResponse
from django.urls import path


def order(request, pk):
    return HttpResponse(f"order {pk}")


def boom(request):
    raise RuntimeError("boom")


urlpatterns = [path("orders/<int:pk>", order), path("boom", boom)]
settings.configure(
    ALLOWED_HOSTS=["*"],
    MIDDLEWARE=["django_memory.log_memory"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="of no use",
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402

app = get_wsgi_application()
