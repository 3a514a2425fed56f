from flask import Flask
from wsgi_memory import log_memory

app = Flask(__name__)


@app.get("/orders/<int:pk>")
def order(pk):
    return f"order {pk}"


@app.get("/boom")
def boom():
    raise RuntimeError("boom")


app.wsgi_app = log_memory(app.wsgi_app)
