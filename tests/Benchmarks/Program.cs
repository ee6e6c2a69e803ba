using CleanSync.Benchmarks.Codes;
using CleanSync.Benchmarks.Notices;
using CleanSync.Benchmarks.Planning;
using CleanSync.Benchmarks.Pressure;
using CleanSync.Benchmarks.Storing;

return args switch
{
    ["plan", ..] => PlanBenchmark.Run(args),
    ["pressure", ..] => await PressureBenchmark.Run(args),
    ["statements"] => await StatementBenchmark.Run(),
    ["notices", ..] => await NoticesFile.Run(args),
    ["codes", ..] => await CodesTable.Run(args),
    _ => Unknown(),
};

static int Unknown()
{
    Console.Error.WriteLine("usage: plan [--changes N] | pressure [--virtual] | statements | notices | codes");
    return 2;
}
