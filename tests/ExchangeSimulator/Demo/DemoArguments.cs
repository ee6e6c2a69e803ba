namespace CleanSync.ExchangeSimulator.Demo;

/// <summary>The command line of the demonstration: where CleanSync and the simulated Exchange listen.</summary>
internal sealed record DemoArguments(Uri Api, string Key, Uri Exchange)
{
    public const string Usage = "demo --api http://127.0.0.1:5080 --key-file data/api-key --exchange http://127.0.0.1:5081";

    public static DemoArguments Read(string[] args)
    {
        string Value(string name)
        {
            var at = Array.IndexOf(args, name);
            return at > 0 && at + 1 < args.Length ? args[at + 1] : throw new ArgumentException($"{name} is missing. {Usage}");
        }

        return new DemoArguments(new Uri(Value("--api")), File.ReadAllText(Value("--key-file")).Trim(), new Uri(Value("--exchange")));
    }
}
