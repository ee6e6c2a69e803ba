using CleanSync.Model;
using CleanSync.Model.Cluster;
using CleanSync.Model.Fuzzing;
using CleanSync.Model.Mutations;
using CleanSync.Model.Soaking;

return args switch
{
    ["chaos", ..] or [] => await Chaos.Run(args),
    ["mutations", ..] => await MutationCheck.Run(args),
    ["fuzz", ..] => Fuzz.Run(args),
    ["soak", ..] => await Soak.Run(args),
    ["cluster", ..] => await ClusterRun.Run(args),
    _ => Unknown(),
};

static int Unknown()
{
    Console.Error.WriteLine("""
        usage: chaos [--seed S] [--steps N] [--minutes M] [--histories H] [--all] [--first] [--replay [--law WORDS]] [--directed SAFEGUARD]
             | mutations [safeguard ...]
             | fuzz [--inputs N] [--seed S] [--replay N] [--all] [--without-samples]
             | soak [--mailboxes N] [--minutes M] [--seed S] [--real [--seconds N]]
             | cluster [--links N] [--minutes M] [--seed S]
        """);
    return 2;
}
