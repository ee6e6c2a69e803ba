using System.Globalization;
using CleanSync.Application;
using CleanSync.Application.Secrets;
using CleanSync.Infrastructure;
using MediatR;

namespace CleanSync.Api.Startup;

/// <summary>
/// Replaces the sealing key, beside a server or without one. The exit code is 0 when it is done, 2 when the command cannot be accepted as
/// it is, 1 for anything else.
/// </summary>
internal static class SecretsVerb
{
    public const string Usage = """
        usage: CleanSync.Api secrets rotate
          Seals every stored password anew under the key in use, in one transaction. The key that they were sealed under before is given as
          Secrets:FormerKey, to this command and to every node that runs; afterwards no node needs it any more.
          Settings such as --Database:Path=FILE, and those from the environment, must be those of the server.
        """;

    public static Task<int> Run(WebApplication app, string[] args) => Run(app.Services, args, Console.Out, Console.Error);

    public static async Task<int> Run(IServiceProvider services, string[] args, TextWriter output, TextWriter errors)
    {
        if (args is not ["secrets", "rotate", ..] || args[2..].Any(IsStranger))
        {
            await errors.WriteLineAsync(VisibleText.CutLines($"Expected 'secrets rotate', and settings.\n{Usage}"));
            return 2;
        }

        try
        {
            await services.MigrateDatabase();
            await using var scope = services.CreateAsyncScope();
            var done = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new RotateSealingKey());
            if (done.Refusal is { } refusal)
            {
                await errors.WriteLineAsync(VisibleText.CutLines($"{refusal.Message} No password was changed."));
                return 1;
            }

            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{done.Value.Passwords} passwords were sealed anew. Take Secrets:FormerKey out, and start each node again."));
            return 0;
        }
        catch (Exception failure) when (failure is not StartRefused)
        {
            await errors.WriteLineAsync($"It could not be done: {failure.Message}");
            return 1;
        }
    }

    /// <summary>A word or an option that is no setting; a value may follow the name of one.</summary>
    private static bool IsStranger(string arg) =>
        arg.StartsWith("--", StringComparison.Ordinal) && !arg.Contains(':', StringComparison.Ordinal);
}
