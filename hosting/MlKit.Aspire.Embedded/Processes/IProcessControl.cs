namespace MlKit.Aspire.Embedded.Processes;

/// <summary>Starts children in a group of their own, so that each can be stopped whole and none outlives the host.</summary>
internal interface IProcessControl : IDisposable
{
    /// <summary>Starts a child.</summary>
    /// <exception cref="ProcessStartException">The program was not found or could not be started.</exception>
    IChildProcess Start(ChildStart start);

    /// <summary>Ends what is left of a child that an earlier host recorded. True when something was still running.</summary>
    bool KillLeftover(ProcessRecord record);
}
