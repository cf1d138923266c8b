console.log(
  'the benchmark will measure requests per second and latency of each endpoint under load',
)
