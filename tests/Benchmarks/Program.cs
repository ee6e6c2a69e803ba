using CleanSync.Benchmarks.Codes;
using CleanSync.Benchmarks.Nodes;
using CleanSync.Benchmarks.Notices;
using CleanSync.Benchmarks.Planning;
using CleanSync.Benchmarks.Pressure;
using CleanSync.Benchmarks.Storing;

return args switch
{
    ["plan", ..] => PlanBenchmark.Run(args),
    ["pressure", ..] => await PressureBenchmark.Run(args),
    ["statements"] => await StatementBenchmark.Run(),
    ["nodes", ..] => await NodesBenchmark.Run(args),
    ["notices", ..] => await NoticesFile.Run(args),
    ["codes", ..] => await CodesTable.Run(args),
    _ => Unknown(),
};

static int Unknown()
{
    Console.Error.WriteLine("usage: plan [--changes N] | pressure [--virtual] | statements | nodes [--links N] | notices | codes");
    return 2;
}
