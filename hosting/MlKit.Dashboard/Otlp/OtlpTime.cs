namespace MlKit.Dashboard.Otlp;

/// <summary>OTLP's clock: unsigned nanoseconds since 1970.</summary>
internal static class OtlpTime
{
    /// <summary>The last moment that .NET's dates can show (9999-12-31) does not fit; this one (2262-04-11) does.</summary>
    public static long Nanos(ulong value) => value > long.MaxValue ? long.MaxValue : (long)value;
}
