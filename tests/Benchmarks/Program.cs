using CleanSync.Benchmarks.Codes;
using CleanSync.Benchmarks.Notices;
using CleanSync.Benchmarks.Planning;
using CleanSync.Benchmarks.Pressure;

return args switch
{
    ["plan", ..] => PlanBenchmark.Run(args),
    ["pressure", ..] => await PressureBenchmark.Run(args),
    ["notices", ..] => await NoticesFile.Run(args),
    ["codes", ..] => await CodesTable.Run(args),
    _ => Unknown(),
};

static int Unknown()
{
    Console.Error.WriteLine("usage: plan [--changes N] | pressure [--virtual] | notices | codes");
    return 2;
}
