# Called in its process, as a server would: the requests are its arguments, their statuses its output.
require "rack"
require_relative "#{ENV["SNIPPETS"]}/rack_memory"

app = Rack::Builder.new do
  use RackMemory
  run(lambda do |env|
    raise "boom" if env["PATH_INFO"] == "/boom"
    env["sinatra.route"] = "GET /orders/:id"
    [200, { "content-type" => "text/plain" }, ["order"]]
  end)
end.to_app

ARGV.each do |path|
  puts Rack::MockRequest.new(app).get(path).status
rescue RuntimeError
  puts 500
end
