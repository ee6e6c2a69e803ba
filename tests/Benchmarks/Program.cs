using CleanSync.Benchmarks;
using CleanSync.Benchmarks.Codes;
using CleanSync.Benchmarks.Fuzzing;
using CleanSync.Benchmarks.Mutations;
using CleanSync.Benchmarks.Notices;
using CleanSync.Benchmarks.Planning;
using CleanSync.Benchmarks.Pressure;
using CleanSync.Benchmarks.Soaking;

return args switch
{
    ["plan", ..] => PlanBenchmark.Run(args),
    ["fuzz", ..] => Fuzz.Run(args),
    ["soak", ..] => await Soak.Run(args),
    ["mutations", ..] => await MutationCheck.Run(args),
    ["notices", ..] => await NoticesFile.Run(args),
    ["codes", ..] => await CodesTable.Run(args),
    ["pressure", ..] => await PressureBenchmark.Run(args),
    ["chaos", ..] or [] => await Chaos.Run(args),
    _ => Unknown(),
};

static int Unknown()
{
    Console.Error.WriteLine("usage: chaos [--seed S] [--steps N] [--minutes M] [--histories H] [--all] [--first] [--replay [--law WORDS]] | plan [--changes N] | soak [--mailboxes N] [--minutes M] [--seed S] [--real [--seconds N]] | mutations [safeguard ...] | pressure [--virtual] | fuzz [--inputs N] [--seed S] [--replay N] [--all] [--without-samples] | notices | codes");
    return 2;
}
