namespace MlKit.Feast;

/// <summary>Where pushed rows go.</summary>
public enum PushTarget
{
    /// <summary>The online store.</summary>
    Online,

    /// <summary>The files behind the push source.</summary>
    Offline,

    /// <summary>Both; the files first, so that nothing is acknowledged that the history lacks.</summary>
    OnlineAndOffline,
}
