# What the Rack snippet adds to a request: microseconds, as JSON.
require "json"
require_relative "#{ARGV[0]}/rack_memory"

CALLS = 5000

def microseconds
  5.times.map do
    begun = Process.clock_gettime(Process::CLOCK_MONOTONIC)
    CALLS.times { yield }
    (Process.clock_gettime(Process::CLOCK_MONOTONIC) - begun) / CALLS * 1e6
  end.min
end

app = ->(_env) { [200, {}, ["ok"]] }
logged = RackMemory.new(app)
env = { "REQUEST_METHOD" => "GET", "SCRIPT_NAME" => "", "PATH_INFO" => "/orders/17" }
cost = microseconds { logged.call(env)[2].close } - microseconds { app.call(env) }
puts JSON.generate({ rack: cost })
