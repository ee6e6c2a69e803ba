using System.Globalization;

namespace CleanSync.ExchangeSimulator.Hosting;

/// <summary>The command line of the host.</summary>
internal sealed record HostArguments
{
    public const string Usage =
        "--urls http://127.0.0.1:5081 --mailboxes 3 --events 20 --auth basic,ntlm --latency-ms 0 [--jitter-ms 0] [--seed 1] [--now 2026-11-23T09:00:00Z] [--zone \"W. Europe Standard Time\"] [--demo]";

    public string Urls { get; init; } = "http://127.0.0.1:5081";
    public int Mailboxes { get; init; } = 3;
    public int Events { get; init; } = 20;
    public AuthenticationSchemes Schemes { get; init; } = AuthenticationSchemes.Basic | AuthenticationSchemes.Ntlm;
    public TimeSpan Latency { get; init; }
    public TimeSpan Jitter { get; init; }
    public int Seed { get; init; } = 1;
    public DateTimeOffset? Now { get; init; }
    public string Zone { get; init; } = "W. Europe Standard Time";
    public bool IsDemo { get; init; }

    public static HostArguments Read(string[] args)
    {
        var arguments = new HostArguments();
        for (var i = 0; i < args.Length; i++)
        {
            string Value() => ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} needs a value. {Usage}");
            arguments = args[i] switch
            {
                "--urls" => arguments with { Urls = Value() },
                "--mailboxes" => arguments with { Mailboxes = Number(Value()) },
                "--events" => arguments with { Events = Number(Value()) },
                "--auth" => arguments with { Schemes = Enum.Parse<AuthenticationSchemes>(Value(), ignoreCase: true) },
                "--latency-ms" => arguments with { Latency = TimeSpan.FromMilliseconds(Number(Value())) },
                "--jitter-ms" => arguments with { Jitter = TimeSpan.FromMilliseconds(Number(Value())) },
                "--seed" => arguments with { Seed = Number(Value()) },
                "--now" => arguments with { Now = DateTimeOffset.Parse(Value(), CultureInfo.InvariantCulture) },
                "--zone" => arguments with { Zone = Value() },
                "--demo" => arguments with { IsDemo = true },
                var unknown => throw new ArgumentException($"{unknown} is not known. {Usage}"),
            };
        }
        return arguments;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
