using CleanSync.Benchmarks;
using CleanSync.Benchmarks.Planning;

return args switch
{
    ["plan", ..] => PlanBenchmark.Run(args),
    ["chaos", ..] or [] => await Chaos.Run(args),
    _ => Unknown(),
};

static int Unknown()
{
    Console.Error.WriteLine("usage: chaos [--seed S] [--steps N] [--minutes M] [--histories H] [--all] [--replay] | plan [--changes N]");
    return 2;
}
