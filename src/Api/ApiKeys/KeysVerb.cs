using System.Globalization;
using CleanSync.Api.Security;
using CleanSync.Application;
using CleanSync.Application.ApiKeys;
using CleanSync.Application.AuditLog;
using CleanSync.Infrastructure;
using FluentValidation;
using MediatR;

namespace CleanSync.Api.ApiKeys;

/// <summary>
/// API keys by a command on the server's own machine: so the first one is made. A new key is all that goes to the standard output; the exit
/// code is 0 when it is done, 2 when the command cannot be accepted as it is, 1 for anything else.
/// </summary>
internal static class KeysVerb
{
    /// <summary>Nothing but the answer is printed.</summary>
    public static void Quieten(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ICurrentActor, CommandLineActor>();
    }

    public static Task<int> Run(WebApplication app, string[] args) => Run(app.Services, args, Console.Out, Console.Error);

    public static async Task<int> Run(IServiceProvider services, string[] args, TextWriter output, TextWriter errors)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var arguments = KeysArguments.Read(args[1..], time.GetUtcNow());
        if (arguments is KeysArguments.Help)
        {
            await output.WriteLineAsync(KeysArguments.Usage);
            return 0;
        }

        if (arguments is KeysArguments.Wrong wrong)
        {
            await errors.WriteLineAsync(VisibleText.CutLines($"{wrong.Why}\n{KeysArguments.Usage}"));
            return 2;
        }

        try
        {
            var isNew = !await services.HasDatabase();
            await services.MigrateDatabase(mayBeNew: arguments is KeysArguments.Create { InNewDatabase: true });
            await using var scope = services.CreateAsyncScope();
            var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
            return arguments switch
            {
                KeysArguments.Create create =>
                    await Create(mediator, create, $"the {(isNew ? "new " : "")}database {services.DatabasePlace()}", output, errors),
                KeysArguments.Revoke revoke => await Revoke(mediator, revoke.Which, errors),
                _ => await List(mediator, output),
            };
        }
        catch (ValidationException invalid)
        {
            foreach (var error in invalid.Errors) await errors.WriteLineAsync($"{error.PropertyName}: {error.ErrorMessage}");
            return 2;
        }
        catch (Exception failure) when (failure is not StartRefused)
        {
            await errors.WriteLineAsync($"It could not be done: {failure.Message}");
            return 1;
        }
    }

    private static async Task<int> Create(
        IMediator mediator,
        KeysArguments.Create create,
        string where,
        TextWriter output,
        TextWriter errors)
    {
        var made = await mediator.Send(new CreateApiKey(create.Name, create.Role, create.StaffId, create.ExpiresAt));
        if (made.Refusal is { } refusal) return await Refused(errors, refusal.Message);
        await output.WriteLineAsync(made.Value.Key);
        await errors.WriteLineAsync(
            $"This is the key '{made.Value.ApiKey.Name}' of the role {Word(made.Value.ApiKey.Role)}, {Until(made.Value.ApiKey)}, in {where}. "
            + "It is shown once: keep it where secrets are kept.");
        return 0;
    }

    private static async Task<int> List(IMediator mediator, TextWriter output)
    {
        var keys = await mediator.Send(new ListApiKeys());
        foreach (var key in keys)
        {
            var name = key.StaffId is { } staff ? $"{key.Name} (staff {staff})" : key.Name;
            await output.WriteLineAsync(
                VisibleText.Cut($"{key.Id}  {key.Prefix}  {Word(key.Role),-9}  {Word(key.State),-7}  {Until(key)}  {name}"));
        }

        if (keys.Count == 0) await output.WriteLineAsync("There is no API key yet.");
        return 0;
    }

    private static async Task<int> Revoke(IMediator mediator, string which, TextWriter errors)
    {
        var found = (await mediator.Send(new ListApiKeys())).FirstOrDefault(
            k => k.Prefix == which || (Guid.TryParse(which, out var id) && k.Id == id));
        if (found is null) return await Refused(errors, $"There is no API key '{which}'. 'keys list' shows all.");
        var revoked = await mediator.Send(new RevokeApiKey(found.Id));
        if (revoked.Refusal is { } refusal) return await Refused(errors, refusal.Message);
        await errors.WriteLineAsync(VisibleText.Cut($"The key '{found.Name}' is revoked."));
        return 0;
    }

    private static async Task<int> Refused(TextWriter errors, string why)
    {
        await errors.WriteLineAsync(VisibleText.CutLines(why));
        return 1;
    }

    private static string Until(ApiKeyView key) =>
        key.ExpiresAt is { } end ? string.Create(CultureInfo.InvariantCulture, $"until {end:yyyy-MM-dd HH:mm}Z") : "without an end";

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();
}
