using MlKit.Tracking;

return await TrackingHost.RunAsync(args);
