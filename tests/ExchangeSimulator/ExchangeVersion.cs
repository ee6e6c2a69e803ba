namespace CleanSync.ExchangeSimulator;

/// <summary>The values of RequestServerVersion, oldest first.</summary>
public enum ExchangeVersion
{
    Exchange2007,
    Exchange2007_SP1,
    Exchange2010,
    Exchange2010_SP1,
    Exchange2010_SP2,
    Exchange2013,
    Exchange2013_SP1,
    Exchange2016,
}
