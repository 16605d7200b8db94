namespace MlKit.Hosting;

/// <summary>Whose identities the pods of a resource can take.</summary>
public enum WorkloadIdentityProvider
{
    /// <summary>Google: <c>NAME@PROJECT.iam.gserviceaccount.com</c>.</summary>
    Google = 0,

    /// <summary>Amazon: <c>arn:aws:iam::ACCOUNT:role/NAME</c>.</summary>
    Amazon = 1,

    /// <summary>Microsoft: the client id of a managed identity.</summary>
    Azure = 2,
}
