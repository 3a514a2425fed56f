from asgi_memory import LogMemory
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{pk}")
async def order(pk: int):
    return f"order {pk}"


@app.get("/boom")
async def boom():
    raise RuntimeError("boom")


app.add_middleware(LogMemory)
