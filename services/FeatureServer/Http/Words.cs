namespace MlKit.FeatureServer.Http;

/// <summary>Words that Feast's server takes for true and false.</summary>
internal static class Words
{
    public const string NoFlag = "Input should be a valid boolean, unable to interpret input";

    public static bool? Flag(string word) => word.ToLowerInvariant() switch
    {
        "1" or "true" or "t" or "yes" or "y" or "on" => true,
        "0" or "false" or "f" or "no" or "n" or "off" => false,
        _ => null,
    };
}
