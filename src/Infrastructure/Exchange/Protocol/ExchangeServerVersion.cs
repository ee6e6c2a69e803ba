namespace CleanSync.Infrastructure.Exchange.Protocol;

/// <summary>
/// The values of RequestServerVersion that this client offers, oldest first; each level contains everything before it.
/// Exchange 2019 and Subscription Edition have no value of their own and take <see cref="Exchange2016"/>.
/// </summary>
internal enum ExchangeServerVersion
{
    Exchange2007_SP1,
    Exchange2010,
    Exchange2010_SP1,
    Exchange2010_SP2,
    Exchange2013,
    Exchange2013_SP1,
    Exchange2016,
}
