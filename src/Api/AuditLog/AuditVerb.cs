using System.Globalization;
using CleanSync.Application;
using CleanSync.Application.AuditLog;
using CleanSync.Infrastructure;
using FluentValidation;
using MediatR;

namespace CleanSync.Api.AuditLog;

/// <summary>
/// Retention of the audit log by a command on the server's own machine, beside a server or without one. What was done goes to the standard
/// output; the exit code is 0 when it is done, 2 when the command cannot be accepted as it is, 1 for anything else.
/// </summary>
internal static class AuditVerb
{
    public static Task<int> Run(WebApplication app, string[] args) => Run(app.Services, args, Console.Out, Console.Error);

    public static async Task<int> Run(IServiceProvider services, string[] args, TextWriter output, TextWriter errors)
    {
        var arguments = AuditArguments.Read(args[1..]);
        if (arguments is AuditArguments.Help)
        {
            await output.WriteLineAsync(AuditArguments.Usage);
            return 0;
        }

        if (arguments is not AuditArguments.Export export)
        {
            await errors.WriteLineAsync(VisibleText.CutLines($"{((AuditArguments.Wrong)arguments).Why}\n{AuditArguments.Usage}"));
            return 2;
        }

        try
        {
            await services.MigrateDatabase(mayBeNew: false);
            await using var scope = services.CreateAsyncScope();
            var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
            var done = await mediator.Send(new ExportAuditLog(export.Before, export.File, export.WithNames, export.Remove));
            if (done.Refusal is { } refusal)
            {
                await errors.WriteLineAsync(VisibleText.CutLines(refusal.Message));
                return 1;
            }

            var (count, what) = (
                done.Value.Actions, export.Remove ? ", and removed from the audit log." : "; they are still in the audit log.");
            await output.WriteLineAsync(VisibleText.Cut(string.Create(
                CultureInfo.InvariantCulture, $"{count} actions from before {export.Before:yyyy-MM} were written to {export.File}{what}")));
            return 0;
        }
        catch (ValidationException invalid)
        {
            foreach (var error in invalid.Errors) await errors.WriteLineAsync($"--{error.PropertyName}: {error.ErrorMessage}");
            return 2;
        }
        catch (Exception failure) when (failure is not StartRefused)
        {
            await errors.WriteLineAsync($"It could not be done: {failure.Message}");
            return 1;
        }
    }
}
