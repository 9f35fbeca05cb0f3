-- For wrk: asks the addresses of the file BENCH_PATHS in turn, and tells what came of it in one line of JSON.

local number_of_threads = 0

function setup(thread)
  number_of_threads = number_of_threads + 1
  thread:set("offset", number_of_threads * 7919)
end

local requests = {}
local turn = 0

function init(args)
  for path in io.lines(os.getenv("BENCH_PATHS")) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
end

function request()
  turn = turn + 1
  return requests[(turn + offset) % #requests + 1]
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    'BENCH {"requests": %d, "microseconds": %d, "bytes": %d, "errors": %d, "latency": {"50": %d, "95": %d, "99": %d}}\n',
    summary.requests, summary.duration, summary.bytes,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(95), latency:percentile(99)
  ))
end
