using System.Globalization;
using CleanSync.Application;
using CleanSync.Infrastructure;

namespace CleanSync.Api.Startup;

/// <summary>
/// Moves an installation from SQLite to PostgreSQL, while no server runs. How far it is goes to the standard error, what was done to the
/// standard output; the exit code is 0 when it is done, 2 when it cannot be done as it was asked, 1 for anything else.
/// </summary>
internal static class MigrateVerb
{
    public static Task<int> Run(WebApplication app, string[] args) => Run(app.Services, args, Console.Out, Console.Error);

    public static async Task<int> Run(IServiceProvider services, string[] args, TextWriter output, TextWriter errors)
    {
        switch (MigrateArguments.Read(args[1..]))
        {
            case MigrateArguments.Help:
                await output.WriteLineAsync(MigrateArguments.Usage);
                return 0;
            case MigrateArguments.Wrong wrong:
                await errors.WriteLineAsync(VisibleText.CutLines($"{wrong.Why}\n{MigrateArguments.Usage}"));
                return 2;
        }

        try
        {
            var rows = await services.MoveToPostgres(line => errors.WriteLine(VisibleText.Cut(line)));
            await output.WriteLineAsync(VisibleText.Cut(string.Create(
                CultureInfo.InvariantCulture,
                $"{rows} rows were moved to the database {services.DatabasePlace()}. Set Database:Provider to Postgres, and start the server.")));
            return 0;
        }
        catch (StorageFailure failure) when (failure.Fault is StorageFault.OutcomeIsUnknown)
        {
            await errors.WriteLineAsync($"{failure.Message} Give the command again: it finds out whether all of it is there, and goes on.");
            return 1;
        }
        catch (Exception failure) when (failure is not StartRefused)
        {
            await errors.WriteLineAsync($"It could not be done, and nothing was changed: {failure.Message}");
            return 1;
        }
    }
}
