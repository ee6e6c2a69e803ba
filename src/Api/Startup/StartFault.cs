using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Reflection;
using CleanSync.Application;
using Microsoft.AspNetCore.Connections;

namespace CleanSync.Api.Startup;

/// <summary>
/// What keeps the program from starting: one line on the standard error and exit code 2 when the operator can mend it, the whole exception
/// and exit code 1 when not.
/// </summary>
internal static class StartFault
{
    private const string Kestrel = "Microsoft.AspNetCore.Server.Kestrel";

    /// <summary>They tell of a failed start with a stack trace of their own, each with its level once the program runs.</summary>
    private static readonly (string Category, LogLevel Level)[] Talkative =
        [("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Information), (Kestrel, LogLevel.Warning)];

    private static bool started;
    private static string? addresses;

    /// <summary>From here until the program runs. A test that hosts the program catches what it throws.</summary>
    public static void TellInOneLine()
    {
        if (Assembly.GetEntryAssembly() != typeof(StartFault).Assembly) return;
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            if (started) return;
            var failure = (Exception)unhandled.ExceptionObject;
            var canBeMended = CanBeMended(failure, addresses, out var words);
            Console.Error.WriteLine(canBeMended ? words : $"CleanSync could not start: {failure}");
            Environment.Exit(canBeMended ? 2 : 1);
        };
    }

    /// <summary>The line says it all, so the framework says nothing of it, unless a level was set for that.</summary>
    public static void QuietenFramework(WebApplicationBuilder builder)
    {
        addresses = builder.Configuration["urls"];
        foreach (var (category, lowest) in Talkative.Where(t => builder.Configuration[$"Logging:LogLevel:{t.Category}"] is null))
            builder.Logging.AddFilter(category, level => started && level >= lowest);
    }

    public static void EndsWithTheStartOf(WebApplication app) => app.Lifetime.ApplicationStarted.Register(() => started = true);

    /// <param name="addresses">What --urls says.</param>
    /// <param name="words">One line that says what is wrong, and what to do where that is known.</param>
    internal static bool CanBeMended(Exception failure, string? addresses, [NotNullWhen(true)] out string? words)
    {
        words = failure switch
        {
            StartRefused => failure.Message,
            _ when failure.StackTrace?.Contains(Kestrel, StringComparison.Ordinal) == true =>
                $"CleanSync cannot listen at {addresses ?? "its address"}: {Listening(failure)}",
            IOException or UnauthorizedAccessException or FormatException or InvalidDataException => Chain(failure),
            InvalidOperationException { Source: { } source } when IsOfSettings(source) => Chain(failure),
            _ => null,
        };
        words = words?.ReplaceLineEndings(" ");
        return words is not null;
    }

    private static string Listening(Exception failure) => failure switch
    {
        { InnerException: AddressInUseException } =>
            $"{Sentence(failure)} Stop what listens there, or choose another address with --urls.",
        SocketException { SocketErrorCode: SocketError.AccessDenied } =>
            $"{Sentence(failure)} Choose a port above 1023 with --urls, or give the account {Environment.UserName} the right to listen there.",
        _ when failure.Message.Contains("certificate was specified", StringComparison.Ordinal) =>
            "https needs a certificate. Name its file with --Kestrel:Certificates:Default:Path and its password with "
            + "--Kestrel:Certificates:Default:Password, or listen on http behind a proxy with TLS.",
        _ => Chain(failure),
    };

    /// <summary>Where the framework throws for what somebody has set.</summary>
    private static bool IsOfSettings(string source) =>
        source.StartsWith("Microsoft.Extensions.Configuration", StringComparison.Ordinal)
        || source.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal);

    /// <summary>What each of them says, from the outermost to the cause.</summary>
    private static string Chain(Exception failure) =>
        failure.InnerException is { } inner && !failure.Message.Contains(inner.Message, StringComparison.Ordinal)
            ? $"{Sentence(failure)} {Chain(inner)}"
            : Sentence(failure);

    private static string Sentence(Exception failure) => $"{failure.Message.TrimEnd('.', ' ')}.";
}
