using CleanSync.ExchangeSimulator;
using CleanSync.ExchangeSimulator.Demo;
using CleanSync.ExchangeSimulator.Hosting;

if (args is ["demo", ..])
{
    var demo = DemoArguments.Read(args);
    using var cleanSync = new JsonApi(demo.Api, demo.Key);
    using var outlook = new JsonApi(demo.Exchange, null);
    return await new Demonstration(cleanSync, outlook, demo.Exchange, Console.Out, TimeProvider.System).Play();
}

HostArguments arguments;
try
{
    arguments = HostArguments.Read(args);
}
catch (Exception bad) when (bad is ArgumentException or FormatException)
{
    Console.Error.WriteLine(bad.Message);
    return 2;
}

TimeProvider clock = arguments.Now is { } now ? new ShiftedClock(now) : TimeProvider.System;
await using var exchange = await SimulatedExchange.StartAsync(new SimulatorOptions
{
    Urls = arguments.Urls,
    Schemes = arguments.Schemes,
    Latency = arguments.Latency,
    Jitter = arguments.Jitter,
    JitterSeed = arguments.Seed,
    TimeProvider = clock,
    DefaultTimeZoneId = arguments.Zone,
});

const string password = "Simulated-1";
var account = exchange.Organisation.AddAccount("svc-booking@contoso.example", password);
exchange.Organisation.GrantImpersonation(account);
for (var i = 1; i <= arguments.Mailboxes; i++)
{
    var mailbox = exchange.Organisation.AddMailbox($"staff{i}@contoso.example", displayName: $"Staff Member {i}");
    exchange.Organisation.GrantFolderRights(account, mailbox.SmtpAddress, CleanSync.ExchangeSimulator.Mailboxes.FolderLevel.Editor);
    mailbox.AddEvents(arguments.Events, arguments.Seed, clock.GetUtcNow());
    if (arguments.IsDemo) mailbox.AddDemonstration(clock.GetUtcNow());
}

Console.WriteLine($"EWS address      {exchange.EwsUrl}");
Console.WriteLine($"Service account  {account.UserPrincipalName} (or {account.DownLevelName})");
Console.WriteLine($"Password         {password}");
Console.WriteLine($"Authentication   {arguments.Schemes}");
Console.WriteLine($"Staff mailboxes  staff1@contoso.example .. staff{arguments.Mailboxes}@contoso.example, {arguments.Events} events each");
Console.WriteLine($"Control          {new Uri(exchange.BaseUrl, "/sim/mailboxes")}");
await exchange.WaitForShutdownAsync();
return 0;
