namespace CleanSync.Domain.ExchangeIntegrations;

/// <summary>The Exchange versions an admin can choose. Exchange 2019 and later choose <see cref="Exchange2016"/>.</summary>
public enum ExchangeVersion
{
    Exchange2007SP1,
    Exchange2010,
    Exchange2010SP1,
    Exchange2010SP2,
    Exchange2013,
    Exchange2013SP1,
    Exchange2016,
}
