# Rails, Sinatra and any other Rack application, under puma, unicorn or passenger: save this as rack_memory.rb, and put it
# before all other middleware:
#     require_relative "../lib/rack_memory"; config.middleware.insert_before 0, RackMemory     # Rails, config/application.rb
#     require_relative "rack_memory"; use RackMemory                                           # others, config.ru
# Restart the server.
#
# After each request, when its response is sent and closed, a line goes to standard error, or to the end of the file that the
# environment variable LEAKRANK_LOG names:
#     {"time":1795467034.12,"pid":4413,"method":"GET","path":"/orders/17","route":"orders#show","status":200,"rss_bytes":…}
# The route is Rails' controller#action or Sinatra's pattern where there is one; the query is left out. Linux only; anywhere
# else it logs nothing. An error in here is swallowed. One thread per worker says most: with several, a line holds what all of
# them took.
#
# Then: leakrank app.log
require "etc"
require "json"
require "rack/body_proxy"
require "socket"

class RackMemory
  HOST = Socket.gethostname

  def initialize(app)
    @app = app
    path = ENV["LEAKRANK_LOG"].to_s
    @out = path.empty? ? $stderr : File.open(path, "a", 0o640)
  rescue SystemCallError
    @out = $stderr
  end

  def call(env)
    # Applications mounted in others change it.
    path = "#{env["SCRIPT_NAME"]}#{env["PATH_INFO"]}"
    status, headers, body = @app.call(env)
    [status, headers, Rack::BodyProxy.new(body) { log(env, path, status) }]
  rescue Exception
    log(env, path, 500)
    raise
  end

  private

  def log(env, path, status)
    rss_bytes = File.read("/proc/self/statm").split[1].to_i * Etc.sysconf(Etc::SC_PAGESIZE)
    line = { time: Time.now.to_f, host: HOST, pid: Process.pid, method: env["REQUEST_METHOD"], path: path }
    rails = env["action_dispatch.request.path_parameters"] || {}
    route = rails[:controller] ? "#{rails[:controller]}##{rails[:action]}" : env["sinatra.route"]
    line[:route] = route if route
    line[:status] = status.to_i
    line[:rss_bytes] = rss_bytes
    # One write a line, so that those of several processes do not mix.
    @out.syswrite("#{JSON.generate(line)}\n")
  rescue StandardError, NotImplementedError
    nil
  end
end
